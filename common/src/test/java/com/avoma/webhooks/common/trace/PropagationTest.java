package com.avoma.webhooks.common.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.job.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropagationTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void bringsAContextThereAndBack() {
        var trace = new TraceContext(PARENT, "vendor=a1,other=b2");

        assertThat(Propagation.of(Span.fromContext(Propagation.parent(trace)))).isEqualTo(trace);
    }

    @Test
    void needsNoState() {
        var trace = new TraceContext(PARENT, null);

        assertThat(Propagation.of(Span.fromContext(Propagation.parent(trace)))).isEqualTo(trace);
    }

    @Test
    void readsWhatASpanIs() {
        var span = Propagation.span(PARENT);

        assertThat(span.getTraceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(span.getSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(span.isSampled()).isTrue();
        assertThat(span.isRemote()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            })
    void beginsAnewWhereTheContextIsMalformed(String parent) {
        assertThat(Propagation.span(parent).isValid()).isFalse();
        assertThat(Propagation.parent(new TraceContext(parent, "a=b"))).isEqualTo(Context.root());
        assertThat(Propagation.parent(null)).isEqualTo(Context.root());
    }
}
