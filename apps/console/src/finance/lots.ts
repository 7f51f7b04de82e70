/** Whether tokens of a lot can still be spent or are held. One below zero is open: somebody owes what is missing. */
export const isOpen = ({ available, held }: { available: string; held: string }): boolean =>
  BigInt(available) !== 0n || BigInt(held) !== 0n;
