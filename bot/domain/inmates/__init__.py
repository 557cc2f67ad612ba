"""People in prison as the hub knows them: a number, an invented name, and a PIN."""
