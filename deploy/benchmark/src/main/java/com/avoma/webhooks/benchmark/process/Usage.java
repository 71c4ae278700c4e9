package com.avoma.webhooks.benchmark.process;

import java.time.Duration;

/// What a process has used of the machine.
///
/// @param user CPU time in its own code
/// @param system CPU time in the kernel on its behalf
/// @param peakBytes the most memory that was resident at a time; 0 where the platform does not tell
public record Usage(Duration user, Duration system, long peakBytes) {
    public Duration cpu() {
        return user.plus(system);
    }

    /// The CPU time since an earlier look.
    public Usage since(Usage earlier) {
        return new Usage(user.minus(earlier.user), system.minus(earlier.system), peakBytes);
    }
}
