/// What every resource shares: callers, request bodies, pages and problems.
@NullMarked
package com.avoma.webhooks.config.web;

import org.jspecify.annotations.NullMarked;
