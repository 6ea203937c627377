package dev.transpack.uploading;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.utils.ProxyConfigProvider;

/// The proxy that `https_proxy`, `http_proxy` and `no_proxy`, or Java's own properties, ask for.
public final class StoreProxies extends ProxySelector {

    @Override
    public List<Proxy> select(URI uri) {
        var wanted = ProxyConfigProvider.fromSystemEnvironmentSettings(true, true, uri.getScheme());
        if (wanted == null || wanted.host() == null || isExempt(uri.getHost(), wanted)) return List.of(Proxy.NO_PROXY);
        var address = InetSocketAddress.createUnresolved(wanted.host(), wanted.port());
        return List.of(new Proxy(Proxy.Type.HTTP, address));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The request fails and says so.
    }

    private static boolean isExempt(String host, ProxyConfigProvider wanted) {
        return wanted.nonProxyHosts().stream().anyMatch(pattern -> host.matches("(?i)" + pattern));
    }
}
