ANYMAIL = {
    "SEND_DEFAULTS": {"track_opens": True},
}
