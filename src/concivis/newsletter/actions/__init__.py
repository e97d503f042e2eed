"""Every change of subscriptions and newsletters."""
