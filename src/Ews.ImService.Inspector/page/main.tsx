import { render } from 'preact';
import './style.css';
import './ui/view.css';
import { followJournal } from './requests/journal';
import './shell/shell.css';
import { showError } from './state/messages';
import { App } from './shell/App';

addEventListener('unhandledrejection', (event) => showError(event.reason));
followJournal();
render(<App />, document.body);
