package com.avoma.webhooks.config.redelivery;

import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.config.audit.AuditEntry;
import com.avoma.webhooks.config.audit.AuditRepository;
import com.avoma.webhooks.config.deliverylog.LogBatch;
import com.avoma.webhooks.config.deliverylog.LogRecord;
import com.avoma.webhooks.config.deliverylog.LogRepository;
import com.avoma.webhooks.config.idempotency.Answer;
import com.avoma.webhooks.config.idempotency.IdempotencyRepository;
import com.avoma.webhooks.config.web.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/// Writes down what a redelivery leaves: that it was requested, by whom, and its answer, in one
/// transaction.
@Component
class RedeliveryRepository {
    private final LogRepository log;
    private final AuditRepository audit;
    private final IdempotencyRepository answers;
    private final TransactionalOperator transaction;

    RedeliveryRepository(
            LogRepository log,
            AuditRepository audit,
            IdempotencyRepository answers,
            TransactionalOperator transaction) {
        this.log = log;
        this.audit = audit;
        this.answers = answers;
        this.transaction = transaction;
    }

    /// @param at when it was asked for
    Mono<Void> add(Caller by, DeliveryJob job, Instant at, Answer.@Nullable Keep keep) {
        var batch = new LogBatch();
        batch.addRequested(LogRecord.job(job), LogRecord.micros(at));
        var entry = AuditEntry.of("delivery.redelivered", "deliveries/" + job.messageId());
        return transaction.transactional(
                log.save(batch).then(audit.add(by, 0, List.of(entry))).then(answers.keep(keep, 0)));
    }
}
