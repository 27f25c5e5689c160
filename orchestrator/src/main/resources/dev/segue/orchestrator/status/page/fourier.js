/** Power of the frequencies in a window of samples: a radix-2 transform in place, with its tables made once. */
export class Fourier {
  constructor(size) {
    this.size = size;
    this.real = new Float32Array(size);
    this.imaginary = new Float32Array(size);
    this.hann = Float32Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (size - 1)));
    this.cosine = Float32Array.from({ length: size / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / size));
    this.sine = Float32Array.from({ length: size / 2 }, (_, i) => Math.sin((2 * Math.PI * i) / size));
    const bits = Math.log2(size);
    this.reversed = Uint16Array.from({ length: size }, (_, i) => {
      let turned = 0;
      for (let bit = 0; bit < bits; bit++) turned |= ((i >> bit) & 1) << (bits - 1 - bit);
      return turned;
    });
  }

  /** Decibels of each bin below half the rate, of the window around a sample; outside of the sound it is silent. */
  decibels(samples, centre, into) {
    const { size, real, imaginary } = this;
    const start = centre - size / 2;
    for (let i = 0; i < size; i++) {
      real[this.reversed[i]] = (samples[start + i] ?? 0) * this.hann[i];
      imaginary[i] = 0;
    }
    for (let half = 1; half < size; half *= 2) {
      const stride = size / (2 * half);
      for (let block = 0; block < size; block += 2 * half) {
        for (let k = 0; k < half; k++) {
          const [a, b] = [block + k, block + k + half];
          const [c, s] = [this.cosine[k * stride], this.sine[k * stride]];
          const re = real[b] * c + imaginary[b] * s;
          const im = imaginary[b] * c - real[b] * s;
          real[b] = real[a] - re;
          imaginary[b] = imaginary[a] - im;
          real[a] += re;
          imaginary[a] += im;
        }
      }
    }
    for (let bin = 0; bin < size / 2; bin++) {
      into[bin] = 10 * Math.log10((real[bin] ** 2 + imaginary[bin] ** 2) / size + 1e-10);
    }
  }
}
