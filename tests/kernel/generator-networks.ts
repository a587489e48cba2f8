/** Random networks: hosts in rows, on one wire and at the ends, and who speaks to whom in them. */
import type { PacketJson } from '../../src/lib/scenario/packet-json';
import { networkChanges, networkCommand } from './generator-networks-changes';
import { networkHosts } from './generator-networks-hosts';
import { NOBODY, at, outerOf, randomPlaces } from './generator-networks-place';
import type { Places } from './generator-networks-place';
import type { Network, Route } from './generator-theme';
import { STEPS } from './generator-theme';
import type { Random } from './random';

/** A place to send from, with an address that it has. */
interface Speaker {
	readonly from: string;
	readonly address: string;
}

const place = ({ name, linux }: { name: string; linux: boolean }) =>
	linux ? name : `${name}/eth0`;

function speakersOf({ ends, routers }: Places): { ends: Speaker[]; routers: Speaker[] } {
	return {
		ends: ends.flatMap((end) => end.addresses.map((address) => ({ from: place(end), address }))),
		routers: routers.flatMap((router) =>
			[...outerOf(router), at(router.inner, 1), ...(router.dmz ? [at(router.dmz, 1)] : [])].map(
				(address) => ({ from: router.name, address })
			)
		)
	};
}

/** Who speaks to whom. */
function routes(places: Places): (random: Random) => Route {
	const speakers = speakersOf(places);
	const outer = places.routers.flatMap((router) =>
		outerOf(router).map((address) => ({ from: router.name, address }))
	);
	const wires = speakers.ends.filter(({ from }) => from.includes('/'));
	return (random) => {
		const one = random.weighted<readonly Speaker[]>([
			[8, wires],
			[3, speakers.ends],
			[2, speakers.routers]
		]);
		const speaker = random.pick(one);
		const other = random.weighted<readonly Speaker[]>([
			[7, speakers.ends.filter(({ from }) => from !== speaker.from)],
			[5, outer],
			[1, speakers.routers],
			[1, [{ from: speaker.from, address: NOBODY }]]
		]);
		const heard = random.pick(other);
		// What is sent to a router is mostly meant for somebody behind it.
		const behind = random.chance(0.7) && outer.includes(heard);
		const back = behind ? random.pick(speakers.ends) : heard;
		const seen = random.pick([speaker.address, random.pick(outer).address]);
		return {
			from: speaker.from,
			src: speaker.address,
			dst: heard.address,
			back: back.from,
			answer: { src: back.address, dst: seen }
		};
	};
}

/** Of a large packet an error quotes what routers quote. */
const QUOTED = 528;

/** Rules by which ports and ids are drawn: in a fragment, which is seen as bytes, nobody finds them again. */
const DRAWN = /random|:\d+-\d+/;

/** @param whole whether nothing may be cut into fragments on its way */
function varied(random: Random, packet: PacketJson, whole: boolean): PacketJson {
	const { icmp } = packet;
	if (icmp?.innerFrom !== undefined)
		return { ...packet, icmp: { ...icmp, innerLength: icmp.innerLength ?? QUOTED } };
	const ip = { ...packet.ip };
	if (random.chance(0.06)) ip.ttl = random.pick([2, 2, 3]);
	let { payload } = packet;
	const large = packet.tcp ? 0 : 0.15;
	if (random.chance(large)) payload = 'x'.repeat(random.pick([500, 1000, 1252, 1300, 1372, 1472]));
	const isLarge = payload !== packet.payload;
	if (random.chance(payload && isLarge ? 0.4 : 0.1) || (whole && isLarge)) ip.df = true;
	return {
		...packet,
		...(Object.keys(ip).length > 0 ? { ip } : {}),
		...(payload === undefined ? {} : { payload })
	};
}

/** A random network. */
export function randomNetwork(random: Random): Network {
	const places = randomPlaces(random);
	const { hosts, links, rules } = networkHosts(random, places);
	const { ends, routers } = places;
	const wires = ends.filter(({ linux }) => !linux).map(place);
	const whole = DRAWN.test(JSON.stringify(hosts));
	const routerOf = (from: string) => {
		const end = ends.find((one) => place(one) === from)!;
		return routers.find(({ inner, outer, dmz }) => [inner, outer, dmz].includes(end.net))!.name;
	};
	return {
		title: 'networks',
		hosts,
		links,
		length: STEPS,
		opening: [],
		weights: { rules: 6, fragments: 3, advances: 2 },
		route: routes(places),
		hold: (random, { from }) => {
			if (!from.includes('/')) return { on: from, hook: 'output' };
			if (random.chance(0.2)) return { on: routerOf(from), hook: 'input' };
			return {
				on: random.chance(0.6) ? routerOf(from) : random.pick(routers).name,
				hook: 'forward'
			};
		},
		side: (random, { back }) => (random.chance(0.9) ? back : random.pick(wires)),
		takesFragments: () => links.every((ends) => ends.length === 2),
		wires,
		command: networkCommand(places),
		change: networkChanges(places, rules),
		last: [],
		varied: (random, packet) => varied(random, packet, whole)
	};
}
