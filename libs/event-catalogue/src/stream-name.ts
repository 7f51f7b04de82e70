/** `category-id`. The category has no dash: EventStoreDB cuts a stream's category at the first one. */
export function streamName(category: string, id: string): string {
  return `${category}-${id}`;
}

export function streamCategory(stream: string): string {
  const dash = stream.indexOf('-');
  return dash < 0 ? stream : stream.slice(0, dash);
}

export function streamId(stream: string): string {
  return stream.slice(stream.indexOf('-') + 1);
}
