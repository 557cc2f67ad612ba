"""Those who work here: joining, their roles and scopes, their accounts and devices."""
