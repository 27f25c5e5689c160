package dev.segue.worker.assembly;

final class Manifest {
    static final String MEDIA_TYPE = "application/json";
}
