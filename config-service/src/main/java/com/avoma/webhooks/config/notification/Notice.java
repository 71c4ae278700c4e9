package com.avoma.webhooks.config.notification;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// Something that an organization's admins are told. [NoticeRepository] takes it within the
/// transaction of what it tells of; [NoticePublisher] adds who the admins are.
///
/// @param subject what it is about, its path below `/v1/`, like `webhooks/` and the uuid
/// @param data what the mailer needs beside the organization and its admins, named as in the API;
///   without secrets
public record Notice(UUID organization, Type type, String subject, Map<String, Object> data) {
    public Notice {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /// The event types of `webhook-notifications`.
    public enum Type {
        /// A webhook starts to fail.
        WEBHOOK_FAILING("webhook.failing"),
        /// It goes on failing, and half of its time is over.
        WEBHOOK_STILL_FAILING("webhook.still_failing"),
        /// A webhook is sent nothing any more, and no admin did it.
        WEBHOOK_DEACTIVATED("webhook.deactivated"),
        /// The certificate of a webhook's receiver runs out soon.
        WEBHOOK_CERTIFICATE_EXPIRING("webhook.certificate_expiring"),
        /// There is a new random signing secret.
        SECRET_ROTATED("signing_secret.rotated"),
        /// Somebody set a signing secret of their own.
        SECRET_SET("signing_secret.set"),
        /// Requests are not signed any more.
        SECRET_DELETED("signing_secret.deleted");

        private final String wireName;

        Type(String wireName) {
            this.wireName = wireName;
        }

        /// The CloudEvents `type`.
        public String wireName() {
            return wireName;
        }
    }
}
