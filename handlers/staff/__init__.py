"""Those who work here: their roles and scopes, their accounts and devices."""
