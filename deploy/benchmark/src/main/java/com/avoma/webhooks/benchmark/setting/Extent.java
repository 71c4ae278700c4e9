package com.avoma.webhooks.benchmark.setting;

/// How much is measured.
///
/// @param runs of each scenario, after its warm-up
/// @param jobs in a run of a drain
/// @param rate jobs a second where the rate is fixed
/// @param quick whether it shall only show that it works
public record Extent(int runs, int jobs, int rate, boolean quick) {}
