// A dialog in front of everything: it takes the focus, gives it back, and Escape leaves it.
import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { IconButton } from "./button";
import styles from "./dialog.module.css";

interface Framed {
  readonly title: string;
  readonly width?: "narrow" | "wide";
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The dialog. */
export function InFront({ title, width = "narrow", onClose, children }: Framed) {
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
      className={styles.behind ?? ""}
    >
      <Modal className={styles.modal ?? ""} data-width={width}>
        <Dialog className={styles.dialog ?? ""}>
          <header className={styles.head}>
            <Heading slot="title" className={styles.title ?? ""}>
              {title}
            </Heading>
            <IconButton label="Close" icon="close" onPress={onClose} />
          </header>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
