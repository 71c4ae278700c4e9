/// Who changed what, when and from where.
@NullMarked
package com.avoma.webhooks.config.audit;

import org.jspecify.annotations.NullMarked;
