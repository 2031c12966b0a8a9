//! The desktop shell: windows, keychain, notifications, tray, and one door to the replica.
