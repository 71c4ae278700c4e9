/// The certificates of receivers: admins are warned before one expires.
@NullMarked
package com.avoma.webhooks.config.certificate;

import org.jspecify.annotations.NullMarked;
