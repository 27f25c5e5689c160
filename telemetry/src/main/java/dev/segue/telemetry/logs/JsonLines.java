package dev.segue.telemetry.logs;

import ch.qos.logback.classic.spi.ILoggingEvent;
import net.logstash.logback.composite.loggingevent.LogLevelJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggerNameJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventFormattedTimestampJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventJsonProviders;
import net.logstash.logback.composite.loggingevent.LoggingEventThreadNameJsonProvider;
import net.logstash.logback.composite.loggingevent.MessageJsonProvider;
import net.logstash.logback.composite.loggingevent.StackTraceJsonProvider;
import net.logstash.logback.encoder.CompositeJsonEncoder;
import net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder;

/**
 * Lines that are JSON objects: {@code time}, {@code level}, {@code logger}, {@code thread}, {@code message}; {@code
 * event}, {@code song} and {@code fields} as {@link PairsProvider} has them; {@code exception} where there is one.
 */
final class JsonLines {
    private JsonLines() {}

    static CompositeJsonEncoder<ILoggingEvent> encoder() {
        LoggingEventFormattedTimestampJsonProvider time = new LoggingEventFormattedTimestampJsonProvider();
        time.setFieldName("time");
        time.setPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX");
        time.setTimeZone("UTC");
        LoggerNameJsonProvider logger = new LoggerNameJsonProvider();
        logger.setFieldName("logger");
        LoggingEventThreadNameJsonProvider thread = new LoggingEventThreadNameJsonProvider();
        thread.setFieldName("thread");
        StackTraceJsonProvider exception = new StackTraceJsonProvider();
        exception.setFieldName("exception");
        LoggingEventJsonProviders all = new LoggingEventJsonProviders();
        all.addTimestamp(time);
        all.addLogLevel(new LogLevelJsonProvider());
        all.addLoggerName(logger);
        all.addThreadName(thread);
        all.addProvider(new PairsProvider());
        all.addMessage(new MessageJsonProvider());
        all.addStackTrace(exception);
        LoggingEventCompositeJsonEncoder encoder = new LoggingEventCompositeJsonEncoder();
        encoder.setProviders(all);
        return encoder;
    }
}
