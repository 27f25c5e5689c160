#!/bin/sh
# Parity and speed on a machine with an NVIDIA GPU, as JSON lines.
#
#   standalone/bench/gpu.sh [FOLDER]
#
# Where PYTORCH_LIBRARY_PATH names the lib folder of a libtorch 2.7.1 for CUDA 12.8 (the release that the engine was
# built against; PYTORCH_VERSION=2.7.1 and PYTORCH_FLAVOR=cu128 go with it), the engine itself is tested and timed.
# Otherwise the archives that it would run are measured by the torch of python3; FOLDER may hold them already
# (`./segue bench export --out FOLDER` on another machine), and then neither Java nor Maven is needed.
set -eu
home=$(cd "$(dirname "$0")/../.." && pwd -P)
folder=${1:-$home/standalone/target/gpu}

# The original was run in full float32: products of matrices must not be rounded to tf32 on the way.
export NVIDIA_TF32_OVERRIDE=0

if [ -n "${PYTORCH_LIBRARY_PATH-}" ]; then
    export PYTORCH_VERSION=${PYTORCH_VERSION:-2.7.1} PYTORCH_FLAVOR=${PYTORCH_FLAVOR:-cu128}
    cd "$home"
    ./mvnw -q -pl contracts,worker -am test -Dsegue.device=gpu \
        -Dtest='PriorParityTest,RunParityTest,VqVaeParityTest' -Dsurefire.failIfNoSpecifiedTests=false
    ./segue bench sampler --device gpu --precisions FLOAT32,FLOAT16,BFLOAT16
    ./segue bench flatness --device gpu --precision FLOAT16
else
    [ -f "$folder/c-FLOAT16.pt" ] || "$home/segue" bench export --out "$folder"
    python3 "$home/standalone/bench/gpu.py" "$folder"
fi
