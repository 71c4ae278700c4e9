/// Who is calling, and whether they may.
@NullMarked
package com.avoma.webhooks.config.security;

import org.jspecify.annotations.NullMarked;
