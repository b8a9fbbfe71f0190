package dev.parley.notifications.alarm;

/// Something an operator should look at.
///
/// @param alarm its name: `oldest-due`, `failures` or `misconfigured`
/// @param platform `apns` or `fcm`; `all` where it is about both
/// @param detail what was measured, and against what
public record RaisedAlarm(String alarm, String platform, String detail) {

    boolean sameAs(RaisedAlarm other) {
        return alarm.equals(other.alarm) && platform.equals(other.platform);
    }
}
