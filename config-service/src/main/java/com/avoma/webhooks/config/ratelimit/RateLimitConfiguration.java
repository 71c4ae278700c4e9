package com.avoma.webhooks.config.ratelimit;

import com.avoma.webhooks.config.housekeeping.HousekeepingProperties;
import com.avoma.webhooks.config.housekeeping.Sweep;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.RefusedException;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Where requests are counted: once for each, after its credentials were looked at. Right ones
/// count against the caller, wrong ones against the address that they came from.
///
/// An address whose logins failed too often is told 429 instead of 401, yet whoever has right
/// credentials still gets in from it: many customers share an address behind a proxy, one outdated
/// script must not lock all of them out, and a secret of 256 random bits is not guessed.
@Configuration(proxyBeanMethods = false)
public class RateLimitConfiguration {
    private final RateLimitRepository buckets;
    private final RateProperties properties;

    RateLimitConfiguration(RateLimitRepository buckets, RateProperties properties) {
        this.buckets = buckets;
        this.properties = properties;
    }

    @Bean
    @DependsOnDatabaseInitialization
    Sweep rateLimitSweep(HousekeepingProperties housekeeping) {
        return new Sweep("rate limits", housekeeping.interval(), buckets::sweep);
    }

    /// Lets callers through who have not called too often.
    public WebFilter perCaller() {
        return this::filter;
    }

    /// Counts credentials that were found wrong. Fails with 429 where there were too many.
    public Mono<Void> countFailedLogin(ServerWebExchange exchange) {
        var remote = exchange.getRequest().getRemoteAddress();
        return remote == null || remote.getAddress() == null
                ? Mono.empty()
                : take(Bucket.of(remote.getAddress(), properties), "logins failed");
    }

    private Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(context -> context.getAuthentication())
                .mapNotNull(authentication -> authentication.getPrincipal())
                .ofType(Caller.class)
                .flatMap(caller -> take(Bucket.of(caller, properties), "requests came"))
                .then(chain.filter(exchange));
    }

    private Mono<Void> take(Bucket bucket, String what) {
        return buckets.take(bucket)
                .flatMap(allowance ->
                        switch (allowance) {
                            case Allowance.Granted _ -> Mono.empty();
                            case Allowance.Exhausted(var wait) ->
                                    Mono.error(
                                            RefusedException.tooMany(
                                                    "More than "
                                                            + bucket.perMinute()
                                                            + " "
                                                            + what
                                                            + " in a minute.",
                                                    wait));
                        });
    }
}
