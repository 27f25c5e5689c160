package dev.segue.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What tests of other modules rely on. */
@ExtendWith(SharedServers.class)
class SharedServersTest {
    private static Infrastructure first;

    @BeforeAll
    static void connect(Infrastructure servers) {
        first = servers;
    }

    @Test
    void allWhoAskGetTheSameServersAndTheyServe(Infrastructure servers) throws Exception {
        assertThat(servers).isSameAs(first);
        try (Admin admin = Clients.admin(servers)) {
            assertThat(admin.describeCluster().nodes().get()).hasSize(1);
        }
        assertThat(Clients.get(servers.registryUrl() + "/config").body()).contains("FULL_TRANSITIVE");
        assertThat(servers.s3().bucket()).isEqualTo(Infrastructure.BUCKET);
    }
}
