package dev.transpack.transmission;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How a daemon spells its calls. Our own code writes the newer names everywhere; this translates them for daemons
/// before 4.1, which mix dashes and capitals. (The older names are to go in 5.0.)
enum RpcStyle {
    CLASSIC {
        @Override
        Map<String, Object> request(String method, Map<String, Object> parameters) {
            var arguments = new LinkedHashMap<String, Object>();
            parameters.forEach((name, value) ->
                    arguments.put(parameter(name), name.equals("fields") ? fields((List<?>) value) : value));
            return Map.of("method", method.replace('_', '-'), "arguments", arguments);
        }

        @Override
        String field(String name) {
            return capitals(name);
        }

        @Override
        String parameter(String name) {
            // seedRatioLimit and seedRatioLimited are the odd ones out, in the session as in a torrent.
            return name.startsWith("seed_ratio_") ? capitals(name) : name.replace('_', '-');
        }

        private List<String> fields(List<?> names) {
            return names.stream().map(name -> field((String) name)).toList();
        }
    },

    JSON_RPC {
        @Override
        Map<String, Object> request(String method, Map<String, Object> parameters) {
            return Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", parameters);
        }

        @Override
        String field(String name) {
            return name;
        }

        @Override
        String parameter(String name) {
            return name;
        }
    };

    /// Every answer of thousands of torrents asks for the same few names.
    private static final Map<String, String> CAPITALS = new ConcurrentHashMap<>();

    /// A whole request, ready to be written as JSON.
    abstract Map<String, Object> request(String method, Map<String, Object> parameters);

    /// The name of a field of a torrent or a file.
    abstract String field(String name);

    /// The name of a parameter of a call, or of a fact of the session.
    abstract String parameter(String name);

    /// The style of a daemon that answered the handshake with this `X-Transmission-Rpc-Version`: 4.1 is 6.0.0, and
    /// daemons before it have no such header.
    static RpcStyle of(String rpcVersion) {
        var dot = rpcVersion.indexOf('.');
        var major = dot < 0 ? rpcVersion : rpcVersion.substring(0, dot);
        return major.matches("\\d{1,4}") && Integer.parseInt(major) >= 6 ? JSON_RPC : CLASSIC;
    }

    private static String capitals(String name) {
        return CAPITALS.computeIfAbsent(name, RpcStyle::makeCapitals);
    }

    private static String makeCapitals(String name) {
        var text = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            text.append(c == '_' ? Character.toUpperCase(name.charAt(++i)) : c);
        }
        return text.toString();
    }
}
