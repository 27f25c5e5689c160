package dev.segue.contracts.record;

import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Lets Avro make the records of this package when it reads them: since 1.12.2 it makes no class that a schema names
 * unless somebody vouches for it. Avro keeps this for the whole process; vouching twice does no harm.
 */
public final class TrustedRecords {
    private static final String PACKAGE = TrustedRecords.class.getPackageName();

    private TrustedRecords() {}

    /** Vouches for the records of this package. */
    public static synchronized void trust() {
        ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
        if (!before.isTrusted(SongRequest.class)) {
            ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                    before, type -> type.getPackageName().equals(PACKAGE)));
        }
    }
}
