package com.avoma.webhooks.config.deactivation;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.config.deactivation.Streak.Told;
import com.avoma.webhooks.config.deactivation.StreakRepository.Found;
import com.avoma.webhooks.config.notification.Notice;
import com.avoma.webhooks.config.setup.Webhook;
import com.avoma.webhooks.config.setup.WebhookNotices;
import com.avoma.webhooks.config.setup.WebhookRepository;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/// What admins are told while there is time to mend the receiver.
final class Warnings {
    private static final Logger log = LoggerFactory.getLogger(Warnings.class);

    private final StreakRepository streaks;
    private final WebhookRepository webhooks;
    private final DeactivationPolicy policy;

    Warnings(StreakRepository streaks, WebhookRepository webhooks, DeactivationPolicy policy) {
        this.streaks = streaks;
        this.webhooks = webhooks;
        this.policy = policy;
    }

    /// Tells the admins, once.
    Mono<Void> tell(Found found, Told told) {
        return webhooks.one(found.organization(), found.webhook())
                .flatMap(webhook -> {
                    var notice = warning(found, webhook);
                    return streaks.tell(found, told, notice)
                            .doOnNext(done -> {
                                if (done) {
                                    log.info(
                                            "{} organization={} webhook={} failures={} since={}",
                                            notice.type().wireName(),
                                            found.organization(),
                                            found.webhook(),
                                            found.streak().failures(),
                                            found.streak().firstFailure());
                                }
                            });
                })
                .then();
    }

    /// The warning that comes next.
    Notice warning(Found found, Webhook webhook) {
        var type =
                switch (found.streak().told()) {
                    case NOTHING -> Notice.Type.WEBHOOK_FAILING;
                    case FAILING, STILL_FAILING -> Notice.Type.WEBHOOK_STILL_FAILING;
                };
        var first = requireNonNull(found.streak().firstFailure());
        var data = facts(found.streak());
        data.put("deactivates_at", policy.deadline(first));
        return WebhookNotices.of(type, found.organization(), webhook, data);
    }

    /// What a streak looks like.
    static Map<String, Object> facts(Streak streak) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("failing_since", requireNonNull(streak.firstFailure()));
        facts.put("consecutive_failures", streak.failures());
        return facts;
    }
}
