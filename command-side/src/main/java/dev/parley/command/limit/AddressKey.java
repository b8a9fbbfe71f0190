package dev.parley.command.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// What an address counts as. Whoever has one address of IPv6 has a network of 64 bits of them (RFC 4291, section
/// 2.5.4), so the first 64 bits count.
final class AddressKey {

    private static final int NETWORK_BYTES = 8;

    private AddressKey() {}

    /// @param address as `ServletRequest.getRemoteAddr` says it; other text counts as itself
    static String of(String address) {
        int zone = address.indexOf('%');
        String bare = zone < 0 ? address : address.substring(0, zone);
        try {
            InetAddress parsed = InetAddress.ofLiteral(bare);
            return parsed instanceof Inet6Address v6
                    ? HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), NETWORK_BYTES)) + "/64"
                    : parsed.getHostAddress();
        } catch (IllegalArgumentException notAnAddress) {
            return address;
        }
    }
}
