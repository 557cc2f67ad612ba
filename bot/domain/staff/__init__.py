"""Those who work at the hub: who may change them, what they answer, and the devices they use."""
