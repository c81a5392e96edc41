"""Stage 4, 施工及中间检查: certificates, licence, intermediate inspection, metering, supply contract."""
