"""What is stored, taken out: readings, claims, events and deliveries, in the form that is asked for."""
