import { render } from 'preact';
import './style.css';
import './ui/view.css';
import { followJournal } from './requests/journal';
import './shell/shell.css';
import { App } from './shell/App';

followJournal();
render(<App />, document.body);
