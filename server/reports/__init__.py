"""From stored responses to the figures that a landlord publishes, and to the regulator's return."""
