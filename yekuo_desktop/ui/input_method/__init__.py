"""Chinese typing on Linux where Qt's own plug-in for fcitx is lacking: the bridge over the session bus."""
