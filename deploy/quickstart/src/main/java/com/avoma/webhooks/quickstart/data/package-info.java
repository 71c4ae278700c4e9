/// What the quickstart keeps on disk between runs, and the environment file it leaves for others.
@NullMarked
package com.avoma.webhooks.quickstart.data;

import org.jspecify.annotations.NullMarked;
