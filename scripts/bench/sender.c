/*
 * Puts frames on two wires and says how long the kernel took to carry them, in nanoseconds a
 * packet. The frames come ready-made on stdin: first those to be sent once, then those to be sent
 * round and round. Beside them frames of a protocol nobody knows are sent, which cost all that a
 * sender and a wire cost.
 *
 * Usage: sender INTERFACE INTERFACE ONCE ROUND PACKETS
 * stdin: ONCE + ROUND times { one byte: which interface; 54 bytes: the frame }
 * stdout: median time of a packet that is carried, and of one that is not.
 */
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { FRAME = 54, BATCH = 256, UNKNOWN = 0x88b5 };

struct item {
	unsigned char wire;
	unsigned char frame[FRAME];
};

static int wires[2];

static int open_wire(const char *name)
{
	struct sockaddr_ll to = { .sll_family = AF_PACKET, .sll_protocol = 0 };
	int fd = socket(AF_PACKET, SOCK_RAW, 0), on = 1;
	to.sll_ifindex = if_nametoindex(name);
	if (fd < 0 || !to.sll_ifindex || bind(fd, (struct sockaddr *)&to, sizeof to)) {
		perror(name);
		exit(1);
	}
	setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &on, sizeof on);
	return fd;
}

static void put(const struct item *item)
{
	if (send(wires[item->wire], item->frame, FRAME, 0) != FRAME) {
		perror("send");
		exit(1);
	}
}

static double batch(const struct item *items, long count, long *at)
{
	struct timespec a, b;
	clock_gettime(CLOCK_MONOTONIC, &a);
	for (int i = 0; i < BATCH; i++) {
		put(&items[*at]);
		if (++*at == count)
			*at = 0;
	}
	clock_gettime(CLOCK_MONOTONIC, &b);
	return ((b.tv_sec - a.tv_sec) * 1e9 + (b.tv_nsec - a.tv_nsec)) / BATCH;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	if (argc != 6)
		return 2;
	wires[0] = open_wire(argv[1]);
	wires[1] = open_wire(argv[2]);
	long once = atol(argv[3]), round = atol(argv[4]), batches = atol(argv[5]) / BATCH;
	struct item *items = malloc((once + round) * sizeof *items);
	struct item *idle = malloc(round * sizeof *idle);
	double *carried = malloc(batches * sizeof *carried);
	double *dropped = malloc(batches * sizeof *dropped);
	if (fread(items, sizeof *items, once + round, stdin) != (size_t)(once + round))
		return 2;
	for (long i = 0; i < once; i++)
		put(&items[i]);
	memcpy(idle, items + once, round * sizeof *idle);
	for (long i = 0; i < round; i++) {
		idle[i].frame[12] = UNKNOWN >> 8;
		idle[i].frame[13] = UNKNOWN & 255;
	}
	/* Short batches by turns, and their medians: what else the machine does spoils only a few. */
	long at = 0, idle_at = 0;
	for (long i = 0; i < batches; i++) {
		carried[i] = batch(items + once, round, &at);
		dropped[i] = batch(idle, round, &idle_at);
	}
	qsort(carried, batches, sizeof *carried, by_size);
	qsort(dropped, batches, sizeof *dropped, by_size);
	printf("%.1f %.1f\n", carried[batches / 2], dropped[batches / 2]);
	return 0;
}
