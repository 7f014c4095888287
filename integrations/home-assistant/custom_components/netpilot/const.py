"""Names that several modules use."""

DOMAIN = "netpilot"
CONF_HOME_ID = "home_id"
CONF_AUTOMATIC = "automatic"
CONF_DEVICES = "devices"
# What the buttons give and take.
MINUTES = 30
