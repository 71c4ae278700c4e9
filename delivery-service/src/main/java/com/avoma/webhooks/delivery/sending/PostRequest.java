package com.avoma.webhooks.delivery.sending;

import com.avoma.webhooks.common.signature.Signatures;
import com.avoma.webhooks.delivery.sending.egress.Target;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// A [Request] as it goes on the wire. HTTP/1.1: `Host` first, then its headers in their order and
/// spelling, then `Content-Length`, then the body that was signed. HTTP/2: the same headers in the
/// same order, in lower case, with `:authority` in place of `Host`.
final class PostRequest {
    private static final AsciiString HOST = AsciiString.cached("Host");
    private static final AsciiString CONTENT_LENGTH = AsciiString.cached("Content-Length");
    private static final AsciiString POST = AsciiString.cached("POST");
    private static final AsciiString HTTPS = AsciiString.cached("https");

    /// The names that every request has, as they are spelt and in lower case.
    private static final Map<String, AsciiString> SPELT = new HashMap<>();

    private static final Map<String, AsciiString> LOWER = new HashMap<>();

    static {
        for (var name :
                new String[] {
                    "Content-Type",
                    "User-Agent",
                    Signatures.AVOMA_HEADER,
                    Signatures.ID_HEADER,
                    Signatures.TIMESTAMP_HEADER,
                    Signatures.SIGNATURE_HEADER
                }) {
            SPELT.put(name, AsciiString.cached(name));
            LOWER.put(name, AsciiString.cached(name.toLowerCase(Locale.ROOT)));
        }
    }

    private PostRequest() {}

    /// Whether its headers can be written: a line end in one would begin another.
    static boolean isWritable(Request request) {
        for (var header : request.headers()) {
            boolean wellKnown = SPELT.containsKey(header.name());
            if ((!wellKnown && HttpHeaderValidationUtil.validateToken(header.name()) >= 0)
                    || header.name().isEmpty()
                    || HttpHeaderValidationUtil.validateValidHeaderValue(header.value()) >= 0) {
                return false;
            }
        }
        return true;
    }

    static FullHttpRequest overHttp1(Request request, Target target) {
        // what is in them was looked at before
        var headers = DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        headers.add(HOST, target.authority());
        for (var header : request.headers()) {
            var spelt = SPELT.get(header.name());
            headers.add(spelt == null ? header.name() : spelt, header.value());
        }
        headers.add(CONTENT_LENGTH, Integer.toString(request.body().size()));
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.POST,
                target.path(),
                Unpooled.wrappedBuffer(request.body().bytes()),
                headers,
                EmptyHttpHeaders.INSTANCE);
    }

    static Http2Headers overHttp2(Request request, Target target) {
        var headers = new DefaultHttp2Headers(false, false, 16);
        headers.method(POST)
                .scheme(HTTPS)
                .authority(AsciiString.of(target.authority()))
                .path(AsciiString.of(target.path()));
        for (var header : request.headers()) {
            var lower = LOWER.get(header.name());
            headers.add(
                    lower == null ? AsciiString.of(header.name().toLowerCase(Locale.ROOT)) : lower,
                    AsciiString.of(header.value()));
        }
        headers.add(
                AsciiString.cached("content-length"),
                AsciiString.of(Integer.toString(request.body().size())));
        return headers;
    }
}
