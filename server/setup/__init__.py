"""Setting a machine up: the site's user, folders and services; or the device of a kiosk."""
