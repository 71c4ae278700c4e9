/// Which organization's rows a piece of work may see, held by PostgreSQL.
@NullMarked
package com.avoma.webhooks.config.isolation;

import org.jspecify.annotations.NullMarked;
