/// The promises, tested from outside on the real processes, and the small language they are told
/// in.
package com.avoma.webhooks.systemtests;
