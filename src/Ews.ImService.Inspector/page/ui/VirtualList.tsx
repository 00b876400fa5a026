import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { rowWindow, scrollTopFor } from './rowWindow';

const rowHeight = 44;

interface Props<T> {
    /** The accessible name. */
    label: string;
    items: readonly T[];
    keyOf: (item: T) => string;
    selectedKey: string | undefined;
    /** Opens an item; `isEntered` is `true` if the focus moves to it. */
    onOpen: (item: T, isEntered: boolean) => void;
    renderItem: (item: T) => ComponentChildren;
}

/** A list of which one item can be open. Only the visible items are in the document. */
export function VirtualList<T>({ label, items, keyOf, selectedKey, onOpen, renderItem }: Props<T>) {
    const id = useId();
    const box = useRef<HTMLDivElement>(null);
    const [view, setView] = useState({ top: 0, height: 0 });
    const [current, setCurrent] = useState(0);
    const active = Math.min(current, items.length - 1);
    const rows = rowWindow(view.top, view.height, rowHeight, items.length);
    const pageSize = Math.max(1, Math.floor(view.height / rowHeight) - 1);

    function measure(): void {
        const { scrollTop, clientHeight } = box.current!;
        const top = Math.floor(scrollTop / rowHeight) * rowHeight;
        setView((known) => (known.top === top && known.height === clientHeight ? known : { top, height: clientHeight }));
    }

    useLayoutEffect(measure, [items.length]);

    useEffect(() => {
        const index = items.findIndex((item) => keyOf(item) === selectedKey);
        if (index >= 0) move(index);
    }, [selectedKey]);

    function move(target: number): void {
        const index = Math.max(0, Math.min(items.length - 1, target));
        setCurrent(index);
        const element = box.current!;
        element.scrollTop = scrollTopFor(index, element.scrollTop, element.clientHeight, rowHeight);
    }

    function handleKey(event: KeyboardEvent): void {
        const targets: Record<string, number> = {
            ArrowDown: active + 1,
            ArrowUp: active - 1,
            PageDown: active + pageSize,
            PageUp: active - pageSize,
            Home: 0,
            End: items.length - 1,
        };
        const target = targets[event.key];
        if (target !== undefined) move(target);
        else if (event.key === 'Enter' && items[active]) onOpen(items[active], true);
        else return;
        event.preventDefault();
    }

    function click(index: number): void {
        setCurrent(index);
        onOpen(items[index]!, false);
    }

    const isActiveRendered = active >= rows.start && active < rows.end;
    return (
        <div
            ref={box}
            class="virtual-list"
            role="listbox"
            aria-label={label}
            tabIndex={0}
            aria-activedescendant={isActiveRendered ? `${id}-${active}` : undefined}
            onKeyDown={handleKey}
            onScroll={measure}
        >
            <div role="presentation" style={{ height: `${items.length * rowHeight}px` }}>
                {items.slice(rows.start, rows.end).map((item, offset) => {
                    const index = rows.start + offset;
                    return (
                        <div
                            key={keyOf(item)}
                            id={`${id}-${index}`}
                            role="option"
                            aria-selected={keyOf(item) === selectedKey}
                            aria-posinset={index + 1}
                            aria-setsize={items.length}
                            class={index === active ? 'virtual-row active' : 'virtual-row'}
                            style={{ top: `${index * rowHeight}px`, height: `${rowHeight}px` }}
                            onClick={() => click(index)}
                        >
                            {renderItem(item)}
                        </div>
                    );
                })}
            </div>
        </div>
    );
}
