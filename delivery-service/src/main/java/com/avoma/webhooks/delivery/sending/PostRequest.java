package com.avoma.webhooks.delivery.sending;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;

/// A [Request] as it goes on the wire: `Host` first, then its headers in their order and spelling,
/// then `Content-Length`, then the body that was signed.
final class PostRequest {
    private PostRequest() {}

    /// @throws IllegalArgumentException where a header cannot be written, for example one with a
    ///   line end in it
    static FullHttpRequest of(Request request, Target target) {
        var http =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.POST,
                        target.path(),
                        Unpooled.wrappedBuffer(request.body().bytes()));
        http.headers().add("Host", target.authority());
        for (var header : request.headers()) {
            http.headers().add(header.name(), header.value());
        }
        http.headers().add("Content-Length", Integer.toString(request.body().size()));
        return http;
    }
}
