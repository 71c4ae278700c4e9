#!/bin/sh
# Prints deploy/prometheus/rules as the Prometheus operator takes them: ./prometheus-rules.sh | kubectl apply -n avoma-webhooks -f -
set -eu
cd "$(dirname "$0")/../prometheus/rules"
for file in *.yml; do
    printf -- '---\napiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata:\n  name: avoma-webhooks-%s\nspec:\n' "${file%.yml}"
    sed 's/^./  &/' "$file"
done
