package dev.segue.contracts.record;

import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Lets Avro make our records when it reads them: since 1.12.2 it makes no class that a schema names unless somebody
 * vouches for it. Avro keeps this for the whole process; vouching twice does no harm.
 */
public final class TrustedRecords {
    private TrustedRecords() {}

    /** Vouches for the records of this package. */
    public static void trust() {
        trustPackageOf(SongRequest.class);
    }

    /** Vouches for the records of another package, by one of them. */
    public static synchronized void trustPackageOf(Class<? extends SpecificRecord> type) {
        ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
        if (!before.isTrusted(type)) {
            String trusted = type.getPackageName();
            ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                    before, other -> other.getPackageName().equals(trusted)));
        }
    }
}
