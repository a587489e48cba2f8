import type { PacketJson } from '$lib/scenario/packet-json';
import type { Step } from '$lib/scenario/scenario';

/** Writes down the steps of a scenario; each call gives the number of its step. */
export class Steps {
	readonly list: Step[] = [];

	send(from: string, packet: PacketJson): number {
		return this.list.push({ send: { from, packet } }) - 1;
	}

	/** An answer to what arrived at `from` in an earlier step; nothing, when nothing did. */
	reply(from: string, to: number, packet: PacketJson): number {
		return this.list.push({ send: { from, replyTo: to, packet } }) - 1;
	}

	/** SYN, SYN/ACK, ACK. */
	handshake(
		client: string,
		server: string,
		ends: { src: string; dst: string; sport: number; dport: number }
	): void {
		const { src, dst, sport, dport } = ends;
		const syn = this.send(client, {
			ip: { src, dst },
			tcp: { sport, dport, flags: 'S', seq: 1000 }
		});
		const synAck = this.reply(server, syn, { tcp: { flags: 'SA', seq: 5000, ack: 1001 } });
		this.reply(client, synAck, { tcp: { flags: 'A', seq: 1001, ack: 5001 } });
	}

	/** A datagram and one back. */
	exchange(
		client: string,
		server: string,
		ends: { src: string; dst: string; sport: number; dport: number }
	): void {
		const { src, dst, sport, dport } = ends;
		const query = this.send(client, { ip: { src, dst }, udp: { sport, dport }, payload: 'query' });
		this.reply(server, query, { payload: 'answer' });
	}

	/** An echo request and its reply. */
	ping(client: string, server: string | null, src: string, dst: string, id: number): void {
		const request = this.send(client, { ip: { src, dst }, icmp: { type: 8, code: 0, id, seq: 1 } });
		if (server) this.reply(server, request, {});
	}
}
