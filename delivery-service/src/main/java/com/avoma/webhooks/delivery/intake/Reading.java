package com.avoma.webhooks.delivery.intake;

import com.avoma.webhooks.delivery.pipeline.Arrival;

/// A partition as it is read.
record Reading(Lane<Arrival> lane, Course course) {}
