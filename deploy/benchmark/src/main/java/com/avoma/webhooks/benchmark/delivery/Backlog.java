package com.avoma.webhooks.benchmark.delivery;

import com.avoma.webhooks.benchmark.load.Drain;
import com.avoma.webhooks.benchmark.load.LoadPublisher;
import com.avoma.webhooks.benchmark.setting.Setting;
import java.io.IOException;

/// A backlog of jobs with bodies of one length, for the webhooks of a publisher.
record Backlog(Drain drain, LoadPublisher publisher) {
    Drain.Figure drained(int jobs) throws IOException, InterruptedException {
        return drain.of(jobs, () -> publisher.publish(jobs, Setting.BODY));
    }
}
