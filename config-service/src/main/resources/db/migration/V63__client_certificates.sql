-- What a webhook shows to a receiver that asks for a certificate: the certificate, what admins see of
-- it, and its key, sealed.

alter table webhooks add column client_certificate jsonb;
