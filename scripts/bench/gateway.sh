#!/bin/sh
# The gateway on the kernel: run in a network namespace of its own (`unshare --net`), which is the
# world around it. The gateway is a second one; both end with this script.
# Usage: gateway.sh RULES_FILE SENDER… (the sender's command line, wires ext and int)
set -eu
rules=$1
shift

unshare --net sleep 600 &
gateway=$!
trap 'kill $gateway' EXIT
while [ "$(readlink /proc/$gateway/ns/net)" = "$(readlink /proc/$$/ns/net)" ]; do sleep 0.01; done
inside() { nsenter --target $gateway --net "$@"; }

# All that leaves goes to a neighbour that is not there: the far end of the wire drops it at once.
wire() { # name mac address peer
	ip link add "$1" type veth peer name "$1" netns $gateway
	sysctl -qw net.ipv6.conf."$1".disable_ipv6=1
	inside sysctl -qw net.ipv6.conf."$1".disable_ipv6=1
	inside ip link set "$1" address "$2"
	inside ip address add "$3" dev "$1"
	ip link set "$1" up
	inside ip link set "$1" up
	inside ip neighbour add "$4" lladdr 02:00:00:00:00:ff dev "$1" nud permanent
}
wire ext 02:00:00:00:00:01 "$OUTSIDE" "$OUTSIDE_PEER"
wire int 02:00:00:00:00:02 "$INSIDE" "$INSIDE_PEER"
inside ip route add default via "$OUTSIDE_PEER"
inside sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=0
inside sysctl -qw net.ipv4.conf.ext.rp_filter=0 net.ipv4.conf.int.rp_filter=0
inside nft -f "$rules"

arrived() { awk '$1 == "ext:" || $1 == "int:" { sum += $3 } END { print sum }' /proc/net/dev; }
before=$(arrived)
"$@"
echo $(($(arrived) - before)) "$(inside cat /proc/sys/net/netfilter/nf_conntrack_count)"
