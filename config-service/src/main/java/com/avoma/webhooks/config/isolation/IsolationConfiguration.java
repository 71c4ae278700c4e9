package com.avoma.webhooks.config.isolation;

import com.avoma.webhooks.config.web.Caller;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Wrapped;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Puts [Scope] between the pool and everybody who takes a connection from it. Each taking sets the
/// scope anew, one short round trip, so that none is left over from whoever had the connection
/// before.
@Configuration(proxyBeanMethods = false)
class IsolationConfiguration {
    @Bean
    static BeanPostProcessor scopedConnections() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof ConnectionFactory pool && !(bean instanceof Scoped)
                        ? new Scoped(pool)
                        : bean;
            }
        };
    }

    /// @param unwrap the pool
    record Scoped(ConnectionFactory unwrap)
            implements ConnectionFactory, Wrapped<ConnectionFactory> {

        @Override
        public ConnectionFactoryMetadata getMetadata() {
            return unwrap.getMetadata();
        }

        @Override
        public Mono<Connection> create() {
            return scope().flatMap(scope ->
                    Mono.from(unwrap.create()).flatMap(connection -> scoped(connection, scope)));
        }

        private static Mono<Scope> scope() {
            return Mono.deferContextual(context ->
                    context.hasKey(Scope.class)
                            ? Mono.just(context.get(Scope.class))
                            : ofCaller().defaultIfEmpty(new Scope.Nothing()));
        }

        private static Mono<Scope> ofCaller() {
            return ReactiveSecurityContextHolder.getContext()
                    .mapNotNull(context -> context.getAuthentication())
                    .filter(authentication -> authentication.isAuthenticated())
                    .mapNotNull(authentication -> authentication.getPrincipal())
                    .ofType(Caller.class)
                    .map(caller -> new Scope.OneOrganization(caller.organization()));
        }

        /// Whoever gives up while the scope is being set cannot give the connection back, so that
        /// is done here, when it is settled.
        private static Mono<Connection> scoped(Connection connection, Scope scope) {
            var settled = new AtomicBoolean();
            var set =
                    Flux.from(
                                    connection
                                            .createStatement(
                                                    "set webhooks.scope = '"
                                                            + scope.setting()
                                                            + "'")
                                            .execute())
                            .flatMap(Result::getRowsUpdated)
                            .then()
                            .toFuture();
            return Mono.fromFuture(set, true)
                    .onErrorResume(e ->
                            settled.compareAndSet(false, true)
                                    ? Mono.from(connection.close()).then(Mono.error(e))
                                    : Mono.error(e))
                    .then(
                            Mono.fromSupplier(() -> {
                                settled.set(true);
                                return connection;
                            }))
                    .doOnCancel(() -> {
                        if (settled.compareAndSet(false, true)) {
                            set.whenComplete((_, _) -> Mono.from(connection.close()).subscribe());
                        }
                    });
        }
    }
}
